// The headings a spreadsheet may have, and what stands below each.
import type { PackView } from '../../ipc/bindings/PackView';

export interface Heading {
  name: string;
  needed: boolean;
  holds: string;
  example: string;
}

/** In the order of a usual list. */
export function headings(pack: PackView): Heading[] {
  const units = pack.units.map(({ unit }) => unit).join(', ');
  return [
    {
      name: 'title',
      needed: true,
      holds: 'As the certificate prints it',
      example: 'Order of Draw',
    },
    {
      name: 'completed_on',
      needed: true,
      holds: 'The day, as year-month-day',
      example: '2024-03-04',
    },
    { name: 'amount', needed: true, holds: 'The number on the certificate', example: '2.0' },
    { name: 'unit', needed: true, holds: `One of ${units}`, example: 'contact_hour' },
    { name: 'provider', needed: false, holds: 'Who gave it', example: 'Lakeside Institute' },
    {
      name: 'approved_by',
      needed: false,
      holds: `${pack.approver} if ${pack.issuer_short} approved it, unsure, or empty`,
      example: pack.approver,
    },
    ...pack.categories.map(({ id, label }) => ({
      name: id,
      needed: false,
      holds: `The part of the amount that is ${label.toLowerCase()}`,
      example: id === 'clinical' ? '2.0' : '',
    })),
  ];
}
