// A table whose cells everybody fills.
import { announce } from "../announce.ts";
import { button, keyed, make } from "./element.ts";
import { show, wordsField } from "./fields.ts";
import { cellOf, type Model } from "./model.ts";

/** The table of a board, drawn again whenever something has changed. */
export class Table {
  private readonly head = make("tr", {});
  private readonly body = make("tbody", {});
  private readonly scroll = make("div", { class: "table-scroll board-grid", role: "group", "aria-labelledby": "part-table", tabindex: "0" });
  private readonly addRow: HTMLButtonElement;

  constructor(
    private readonly model: Model,
    root: HTMLElement,
  ) {
    this.scroll.append(make("table", { "aria-labelledby": "part-table" }, make("thead", {}, this.head), this.body));
    this.addRow = button("Add a row", "", () => this.rowAfter(), "button-small");
    root.append(this.scroll, make("div", { class: "row" }, button("Add a column", "", () => this.column(), "button-small board-add-column"), this.addRow));
  }

  draw(): void {
    const columns = this.model.ids("columns");
    const rows = this.model.ids("rows");
    const name = (column: string, at: number) => this.model.words("columns", column, "name") || `Column ${at + 1}`;
    keyed(this.head, ["number", ...columns, "tools"], (id) => this.headCell(id), (element, id, at) => {
      const field = element.querySelector("input");
      if (field) {
        field.setAttribute("aria-label", `Name of column ${at} of ${columns.length}`);
        show(field, this.model.words("columns", id, "name"));
      }
    });
    keyed(this.body, rows, () => make("tr", { class: "board-item" }), (row, id, place) => {
      keyed(row, ["number", ...columns, "tools"], (column) => this.cell(id, column), (cell, column, at) => {
        if (column === "number") cell.textContent = `${place + 1}`;
        const field = cell.querySelector("input");
        if (!field) return;
        field.setAttribute("aria-label", `${name(column, at - 1)}, row ${place + 1} of ${rows.length}`);
        show(field, this.model.words("rows", id, cellOf(column)));
      });
    });
    this.scroll.hidden = columns.length === 0;
    this.addRow.hidden = columns.length === 0;
  }

  private headCell(id: string): HTMLElement {
    if (id === "number") return make("th", { scope: "col" }, make("span", { class: "visually-hidden" }, "Row"));
    if (id === "tools") return make("td", {});
    const field = wordsField((words) => this.model.set("columns", id, "name", words), { id: `column-${id}`, "data-at": `column-${id}`, placeholder: "Name" });
    const tools = make(
      "div",
      { class: "board-tools" },
      button("←", "move the column to the left", () => this.move("columns", id, -1)),
      button("→", "move the column to the right", () => this.move("columns", id, 1)),
      button("✕", "take the column away", () => this.removeColumn(id)),
    );
    return make("th", { scope: "col" }, field, tools);
  }

  private cell(row: string, column: string): HTMLElement {
    if (column === "number") return make("th", { scope: "row" });
    if (column === "tools") {
      const tools = make(
        "div",
        { class: "board-tools" },
        button("↑", "move the row up", () => this.move("rows", row, -1)),
        button("↓", "move the row down", () => this.move("rows", row, 1)),
        button("✕", "take the row away", () => this.removeRow(row)),
      );
      return make("td", {}, tools);
    }
    const name = `cell-${row}-${column}`;
    const field = wordsField((words) => this.model.set("rows", row, cellOf(column), words), { id: name, "data-at": name });
    field.addEventListener("keydown", (event) => this.key(event, row, column));
    return make("td", {}, field);
  }

  private key(event: KeyboardEvent, row: string, column: string): void {
    const rows = this.model.ids("rows");
    const beside = (by: number) => rows[rows.indexOf(row) + by];
    const go = (to: string | undefined) => to && document.getElementById(`cell-${to}-${column}`)?.focus();
    if (event.key === "Enter" && event.ctrlKey) this.rowAfter(row, column);
    else if (event.altKey && event.key === "ArrowUp") this.move("rows", row, -1);
    else if (event.altKey && event.key === "ArrowDown") this.move("rows", row, 1);
    else if (!event.altKey && event.key === "ArrowUp") go(beside(-1));
    else if (!event.altKey && event.key === "ArrowDown") go(beside(1));
    else return;
    event.preventDefault();
  }

  private column(): void {
    const id = this.model.addColumn("");
    if (this.model.ids("rows").length === 0) this.model.addRow();
    document.getElementById(`column-${id}`)?.focus();
  }

  private rowAfter(after?: string, column = this.model.ids("columns")[0]): void {
    const id = this.model.addRow(after);
    document.getElementById(`cell-${id}-${column}`)?.focus();
  }

  private move(part: "columns" | "rows", id: string, by: -1 | 1): void {
    const ids = this.model.ids(part);
    const what = part === "rows" ? "Row" : "Column";
    announce(this.model.move(part, id, by, ids) ? `${what} ${ids.indexOf(id) + 1 + by} of ${ids.length}` : "There is no further place");
  }

  private removeColumn(id: string): void {
    this.model.remove("columns", id);
    document.querySelector<HTMLElement>(".board-add-column")?.focus();
    announce("The column is gone. Undo brings it back");
  }

  private removeRow(id: string): void {
    this.model.remove("rows", id);
    this.addRow.focus();
    announce("The row is gone. Undo brings it back");
  }
}
