// The spreadsheet shown as an example: headings that the import knows.

export const EXAMPLE: { headings: readonly string[]; rows: readonly (readonly string[])[] } = {
  headings: ['Date', 'Title', 'Provider', 'Amount', 'Unit', 'Category', 'Approved by'],
  rows: [
    ['2024-03-04', 'Order of Draw', 'Lakeside Institute', '2', 'AAMA CEU', 'Clinical', 'AAMA'],
    ['2024-05-18', 'Coding Update', 'Harbor College', '3', 'contact hours', 'Administrative', ''],
  ],
};
