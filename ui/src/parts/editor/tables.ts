/** Tables in the editor, as Markdown keeps them: the first row is the head, and a cell is one line. */
import { Extension, Node, type Editor } from '@tiptap/core';
import { Fragment, type Node as ProseNode, type Slice } from '@tiptap/pm/model';
import { Plugin, TextSelection, type EditorState, type Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import {
  addColumnAfter,
  addRowAfter,
  deleteColumn,
  deleteRow,
  deleteTable,
  goToNextCell,
  isInTable,
  selectedRect,
  tableEditing,
  TableMap,
} from '@tiptap/pm/tables';
import { ALIGNMENTS } from './normal';

/** What is done to the table where the cursor is. */
export type TableAct = 'row' | 'column' | 'removeRow' | 'removeColumn';

const alignOf = (element: HTMLElement) => ALIGNMENTS.find((one) => one === element.dataset['align']) ?? null;

const cell = (name: string, tag: 'th' | 'td', tableRole: string) =>
  Node.create({
    name,
    content: 'text*',
    isolating: true,
    addAttributes: () => ({
      align: {
        default: null,
        parseHTML: alignOf,
        renderHTML: ({ align }) => (align ? { 'data-align': String(align) } : {}),
      },
      // The engine counts on them; Markdown joins no cells.
      colspan: { default: 1, rendered: false },
      rowspan: { default: 1, rendered: false },
      colwidth: { default: null, rendered: false },
    }),
    parseHTML: () => [{ tag }],
    renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
    extendNodeSchema: ({ name: of }) => (of === name ? { tableRole } : {}),
  });

const row = Node.create({
  name: 'tableRow',
  content: '(tableHeader | tableCell)+',
  parseHTML: () => [{ tag: 'tr' }],
  renderHTML: () => ['tr', 0],
  extendNodeSchema: ({ name }) => (name === 'tableRow' ? { tableRole: 'row' } : {}),
});

const table = Node.create({
  name: 'table',
  group: 'block',
  content: 'tableRow+',
  isolating: true,
  parseHTML: () => [{ tag: 'table' }],
  renderHTML: () => ['table', ['tbody', 0]],
  extendNodeSchema: ({ name }) => (name === 'table' ? { tableRole: 'table' } : {}),
  addKeyboardShortcuts() {
    // At either end they leave the table, as they leave the editor elsewhere.
    const move = (by: 1 | -1) => () =>
      isInTable(this.editor.state) && goToNextCell(by)(this.editor.state, this.editor.view.dispatch);
    return {
      Tab: move(1),
      'Shift-Tab': move(-1),
      Enter: () => down(this.editor),
      'Shift-Enter': () => down(this.editor),
    };
  },
});

/** To the cell below; from the last row, to a new one. */
function down({ view }: Editor): boolean {
  if (!isInTable(view.state)) return false;
  const from = selectedRect(view.state);
  if (from.bottom === from.map.height) addRowAfter(view.state, view.dispatch);
  toCell(view, from.tableStart, from.bottom, from.left);
  return true;
}

/** The first row is the head, whichever rows were added or taken before it. */
function headed({ doc, tr, schema }: EditorState): Transaction | null {
  doc.descendants((node, at) => {
    if (node.type.name !== 'table') return !node.isTextblock;
    node.forEach((line, inTable, n) =>
      line.forEach((one, inRow) => {
        const type = schema.nodes[n === 0 ? 'tableHeader' : 'tableCell'];
        if (type && one.type !== type) tr.setNodeMarkup(at + inTable + inRow + 2, type, one.attrs);
      }),
    );
    return false;
  });
  return tr.docChanged ? tr : null;
}

const engine = Extension.create({
  name: 'tables',
  addProseMirrorPlugins: () => [tableEditing(), new Plugin({ appendTransaction: (_, __, state) => headed(state) })],
});

export const tables = [table, row, cell('tableHeader', 'th', 'header_cell'), cell('tableCell', 'td', 'cell'), engine];

/** Adds a row or a column after the cursor's, or takes that one away; the last one takes the table with it. */
export function changeTable({ view }: Editor, act: TableAct): void {
  if (!isInTable(view.state)) return;
  const at = selectedRect(view.state);
  if (act === 'row') addRowAfter(view.state, view.dispatch);
  else if (act === 'column') addColumnAfter(view.state, view.dispatch);
  else if ((act === 'removeRow' ? deleteRow : deleteColumn)(view.state, view.dispatch))
    toCell(view, at.tableStart, at.top, at.left);
  else deleteTable(view.state, view.dispatch);
  view.focus();
}

/** The cursor goes to a cell of the table that begins there, or to the last one before it. */
function toCell(view: EditorView, tableStart: number, top: number, left: number): void {
  const { tr } = view.state;
  const node = tr.doc.nodeAt(tableStart - 1);
  if (node?.type.name !== 'table') return;
  const map = TableMap.get(node);
  const cell = tableStart + map.positionAt(Math.min(top, map.height - 1), Math.min(left, map.width - 1), node);
  view.dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(cell + 1))).scrollIntoView());
}

/** What is pasted into a cell that is no table: its words in one line. Nothing when it goes elsewhere. */
export function asLine(state: EditorState, slice: Slice): Fragment | null {
  if (!isInTable(state)) return null;
  const words: ProseNode[] = [];
  let tabular = false;
  slice.content.descendants((node) => {
    tabular ||= node.type.name === 'table' || node.type.name === 'tableRow';
    if (node.isTextblock && words.length > 0) words.push(state.schema.text(' '));
    if (node.isText) words.push(node);
    else if (node.type.name === 'hardBreak') words.push(state.schema.text(' '));
  });
  return tabular ? null : Fragment.from(words);
}
