import type { Path, StoreyId } from './display-list'
import type { DrawingInput } from './drawing'
import type { Row, Strip } from './strips'

/** Light vertical lines at the corners of the strips: one and the same memory in every storey. */
export function verticalTies(
  input: DrawingInput,
  rowsWithHardware: ReadonlySet<string>,
): readonly Path[] {
  const { floors, plan } = input
  const gaps = [
    { below: 'hardware', from: floors.hardware, to: floors['address-space'] },
    {
      below: 'address-space',
      from: floors['address-space'] + plan.geometry.memoryHeight,
      to: floors['struct-pages'],
    },
  ] as const
  return plan.rows.flatMap((row) =>
    columns(row).flatMap((strip) =>
      gaps
        .filter((gap) => gap.below !== 'hardware' || rowsWithHardware.has(row.id))
        .flatMap((gap) =>
          corners(strip, row).map(({ x, y, name }): Path => ({
            kind: 'path',
            id: `${gap.below}/${strip.id}/tie-${name}`,
            objectId: strip.ownerId,
            storey: gap.below satisfies StoreyId,
            paint: 'floor',
            title: strip.ownerId,
            points: [
              { x, y, z: gap.from },
              { x, y, z: gap.to },
            ],
            style: 'tie',
          })),
        ),
    ),
  )
}

function columns(row: Row): readonly (Strip & { readonly id: string })[] {
  return row.strips.map((strip, index) => ({ ...strip, id: `${row.id}-${index}` }))
}

function corners(strip: Strip, row: Row) {
  return [
    { x: strip.x0, y: row.y0, name: 'left-front' },
    { x: strip.x0, y: row.y1, name: 'left-back' },
    { x: strip.x1, y: row.y0, name: 'right-front' },
    { x: strip.x1, y: row.y1, name: 'right-back' },
  ]
}
