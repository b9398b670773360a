/** A column of a `<DataTable>` or `<PagedTable>`; the slot of that name fills its cells. */
export interface Column {
  key: string;
  title: string;
  /** CSS; absent: what is left is shared. */
  width?: string;
}
