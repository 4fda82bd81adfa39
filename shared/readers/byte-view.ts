/** Little-endian numbers of a table that a stranger wrote. Reading beyond the end yields undefined, never a throw. */
export class ByteView {
  private readonly view: DataView

  constructor(readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get length(): number {
    return this.bytes.length
  }

  /** The bytes `[start, end)`, cut where the table ends. */
  slice(start: number, end: number): ByteView {
    return new ByteView(this.bytes.subarray(start, end))
  }

  u8(offset: number): number | undefined {
    return this.has(offset, 1) ? this.view.getUint8(offset) : undefined
  }

  u16(offset: number): number | undefined {
    return this.has(offset, 2) ? this.view.getUint16(offset, true) : undefined
  }

  u32(offset: number): number | undefined {
    return this.has(offset, 4) ? this.view.getUint32(offset, true) : undefined
  }

  /** All 64 bits. */
  big64(offset: number): bigint | undefined {
    return this.has(offset, 8) ? this.view.getBigUint64(offset, true) : undefined
  }

  /** 64 bits as a number; undefined also where it is above 2^53 − 1 and would be rounded. */
  u64(offset: number): number | undefined {
    const value = Number(this.big64(offset) ?? NaN)
    return Number.isSafeInteger(value) ? value : undefined
  }

  /** Bytes in the order of the file as hexadecimal digits; undefined where the table ends before. */
  hex(offset: number, length: number): string | undefined {
    if (!this.has(offset, length)) return undefined
    return Array.from(this.bytes.subarray(offset, offset + length), hexByte).join('')
  }

  /** One character for each byte, as in ISO 8859-1. */
  latin1(start: number, end: number): string {
    let text = ''
    for (const byte of this.bytes.subarray(start, end)) text += String.fromCharCode(byte)
    return text
  }

  /** Sum of all bytes modulo 256: 0 in a table whose checksum is right (ACPI and SMBIOS alike). */
  checksum(start = 0, end = this.length): number {
    let sum = 0
    for (const byte of this.bytes.subarray(start, end)) sum = (sum + byte) & 0xff
    return sum
  }

  private has(offset: number, length: number): boolean {
    return offset >= 0 && offset + length <= this.bytes.length
  }
}

function hexByte(byte: number): string {
  return byte.toString(16).padStart(2, '0')
}
