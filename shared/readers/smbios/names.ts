/**
 * Words for the enumerations of SMBIOS (3.9, 7.17, 7.18), spelt as dmidecode spells them, so that both readers say the
 * same. Numbers that say "Unknown" or nothing have no word.
 */
type Names = Readonly<Record<number, string>>

export const MEMORY_TYPES: Names = {
  0x01: 'Other',
  0x03: 'DRAM',
  0x04: 'EDRAM',
  0x05: 'VRAM',
  0x06: 'SRAM',
  0x07: 'RAM',
  0x08: 'ROM',
  0x09: 'Flash',
  0x0a: 'EEPROM',
  0x0b: 'FEPROM',
  0x0c: 'EPROM',
  0x0d: 'CDRAM',
  0x0e: '3DRAM',
  0x0f: 'SDRAM',
  0x10: 'SGRAM',
  0x11: 'RDRAM',
  0x12: 'DDR',
  0x13: 'DDR2',
  0x14: 'DDR2 FB-DIMM',
  0x18: 'DDR3',
  0x19: 'FBD2',
  0x1a: 'DDR4',
  0x1b: 'LPDDR',
  0x1c: 'LPDDR2',
  0x1d: 'LPDDR3',
  0x1e: 'LPDDR4',
  0x1f: 'Logical non-volatile device',
  0x20: 'HBM',
  0x21: 'HBM2',
  0x22: 'DDR5',
  0x23: 'LPDDR5',
  0x24: 'HBM3',
}

export const FORM_FACTORS: Names = {
  0x01: 'Other',
  0x03: 'SIMM',
  0x04: 'SIP',
  0x05: 'Chip',
  0x06: 'DIP',
  0x07: 'ZIP',
  0x08: 'Proprietary Card',
  0x09: 'DIMM',
  0x0a: 'TSOP',
  0x0b: 'Row Of Chips',
  0x0c: 'RIMM',
  0x0d: 'SODIMM',
  0x0e: 'SRIMM',
  0x0f: 'FB-DIMM',
  0x10: 'Die',
  0x11: 'CAMM',
}

export const TECHNOLOGIES: Names = {
  0x01: 'Other',
  0x03: 'DRAM',
  0x04: 'NVDIMM-N',
  0x05: 'NVDIMM-F',
  0x06: 'NVDIMM-P',
  0x07: 'Intel Optane persistent memory',
  0x08: 'MRDIMM',
}

export const ARRAY_LOCATIONS: Names = {
  0x01: 'Other',
  0x03: 'System Board Or Motherboard',
  0x04: 'ISA Add-on Card',
  0x05: 'EISA Add-on Card',
  0x06: 'PCI Add-on Card',
  0x07: 'MCA Add-on Card',
  0x08: 'PCMCIA Add-on Card',
  0x09: 'Proprietary Add-on Card',
  0x0a: 'NuBus',
  0xa0: 'PC-98/C20 Add-on Card',
  0xa1: 'PC-98/C24 Add-on Card',
  0xa2: 'PC-98/E Add-on Card',
  0xa3: 'PC-98/Local Bus Add-on Card',
  0xa4: 'CXL Add-on Card',
}

export const ARRAY_USES: Names = {
  0x01: 'Other',
  0x03: 'System Memory',
  0x04: 'Video Memory',
  0x05: 'Flash Memory',
  0x06: 'Non-volatile RAM',
  0x07: 'Cache Memory',
}

export const ERROR_CORRECTIONS: Names = {
  0x01: 'Other',
  0x03: 'None',
  0x04: 'Parity',
  0x05: 'Single-bit ECC',
  0x06: 'Multi-bit ECC',
  0x07: 'CRC',
}
