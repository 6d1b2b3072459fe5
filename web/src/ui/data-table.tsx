import type { ReactNode } from "react";
import { cn } from "./class-names";

export type Column<Row> = {
  heading: string;
  cell: (row: Row) => ReactNode;
  align?: "right";
  /** Leaves the column out on phones. */
  wide_only?: boolean;
};

type DataTableProps<Row> = {
  caption: string;
  columns: Column<Row>[];
  rows: readonly Row[];
  row_key: (row: Row) => string;
};

/** A plain table with a caption for screen readers. */
export function DataTable<Row>({ caption, columns, rows, row_key }: DataTableProps<Row>) {
  const cell_class = (column: Column<Row>) =>
    cn(
      "px-4 py-3",
      column.align === "right" && "text-right tabular-nums",
      column.wide_only && "hidden sm:table-cell",
    );
  return (
    <div className="overflow-x-auto rounded-lg border border-line bg-surface shadow-low">
      <table className="w-full border-collapse text-left text-[0.9375rem]">
        <caption className="sr-only">{caption}</caption>
        <thead className="bg-sunken/60 text-xs font-semibold text-ink-muted">
          <tr>
            {columns.map((column) => (
              <th key={column.heading} scope="col" className={cn(cell_class(column), "py-2.5 font-semibold")}>
                {column.heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row_key(row)} className="border-t border-line hover:bg-sunken/40">
              {columns.map((column) => (
                <td key={column.heading} className={cell_class(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
