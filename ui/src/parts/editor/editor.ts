/** The editor itself: the heaviest part of the interface, loaded when a text is first shown. */
import { Editor, Extension, Node, type JSONContent } from '@tiptap/core';
import { Fragment, Slice, type Node as ProseNode, type Schema } from '@tiptap/pm/model';
import { closeHistory } from '@tiptap/pm/history';
import { Plugin } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import StarterKit from '@tiptap/starter-kit';
import { toHtml } from './html';
import { parse, write } from './markdown';
import type { Doc } from './normal';
import { readPasted } from './pasted';
import { asLine, changeTable, tables, type TableAct } from './tables';

export interface Options {
  element: HTMLElement;
  label: string;
  markdown: string;
  editable: boolean;
  /** Text of a locked block; `undefined` when there is none of that id. */
  block: (id: string) => string | undefined;
  /** Said of a locked block: where its text is corrected. */
  blockTitle: string;
  /** The person changed the text. */
  onchange: (markdown: string) => void;
  /** The selection or the text changed: the toolbar looks again. */
  ontransaction: () => void;
  /** Something would have removed or doubled a locked block, and was not done. */
  onrefused: () => void;
  /** What was pasted left out images, or passages that change tracking shows as deleted. */
  onleftout: (left: LeftOut) => void;
}

export interface LeftOut {
  images: number;
  deletions: number;
}

export interface Made {
  editor: Editor;
  /** Takes another text, unless it is the one there is. */
  set: (markdown: string) => void;
  /** The texts of the locked blocks changed. */
  refreshBlocks: () => void;
  /** Changes the table where the cursor is. */
  changeTable: (act: TableAct) => void;
}

const SET = 'text given';

export function make(options: Options): Made {
  const shown = new Set<() => void>();

  const lockedBlock = Node.create({
    name: 'lockedBlock',
    group: 'block',
    atom: true,
    selectable: true,
    addAttributes: () => ({ id: { default: '' } }),
    parseHTML: () => [{ tag: 'div[data-block]', getAttrs: (element) => ({ id: element.dataset['block'] ?? '' }) }],
    renderHTML: ({ node }) => ['div', { 'data-block': String(node.attrs['id']) }],
    addNodeView:
      () =>
      ({ node }) => {
        const dom = document.createElement('div');
        const id = String(node.attrs['id']);
        dom.className = 'locked-block';
        dom.contentEditable = 'false';
        dom.dataset['block'] = id;
        dom.title = options.blockTitle;
        const refresh = () => {
          dom.textContent = options.block(id) ?? `{{block:${id}}}`;
          dom.classList.toggle('missing', options.block(id) === undefined);
        };
        refresh();
        shown.add(refresh);
        return { dom, destroy: () => shown.delete(refresh) };
      },
  });

  const guard = Extension.create({
    name: 'lockedBlocks',
    addKeyboardShortcuts() {
      return { 'Mod-Shift-9': () => this.editor.commands.toggleBlockquote() };
    },
    addProseMirrorPlugins: () => [
      new Plugin({
        filterTransaction(transaction, state) {
          if (!transaction.docChanged || transaction.getMeta(SET)) return true;
          const same = blockIds(transaction.doc).sort().join() === blockIds(state.doc).sort().join();
          if (!same) options.onrefused();
          return same;
        },
      }),
    ],
  });

  let left: LeftOut = { images: 0, deletions: 0 };
  const editor = new Editor({
    element: options.element,
    injectCSS: false,
    editable: options.editable,
    content: content(options.markdown),
    extensions: [
      StarterKit.configure({
        heading: { levels: [2, 3] },
        link: { openOnClick: false, autolink: false, linkOnPaste: false },
        code: false,
        codeBlock: false,
        horizontalRule: false,
        strike: false,
        underline: false,
      }),
      lockedBlock,
      guard,
      ...tables,
    ],
    editorProps: {
      attributes: { 'aria-label': options.label, role: 'textbox', 'aria-multiline': 'true', class: 'doc document' },
      clipboardTextParser: (text, $context) => lines(text, $context.doc.type.schema),
      // What comes from the editor itself says so, and is as it should be.
      transformPastedHTML: (html) => {
        left = { images: 0, deletions: 0 };
        if (OWN.test(html)) return html;
        const { doc, ...out } = readPasted(html);
        left = out;
        return toHtml(doc);
      },
      handlePaste: (view, event, slice) => {
        const files = [...(event.clipboardData?.files ?? [])];
        const onlyImages = slice.size === 0 && files.filter((one) => one.type.startsWith('image/')).length;
        const out = onlyImages ? { images: onlyImages, deletions: 0 } : left;
        left = { images: 0, deletions: 0 };
        if (out.images + out.deletions > 0) options.onleftout(out);
        return paste(view, slice, event.clipboardData?.getData('text/plain') ?? '');
      },
    },
    onTransaction: options.ontransaction,
    onUpdate: () => options.onchange(write(editor.getJSON() as Doc)),
  });

  return {
    editor,
    set(markdown) {
      if (write(editor.getJSON() as Doc) === markdown) return;
      editor.chain().setMeta(SET, true).setContent(content(markdown), { emitUpdate: false }).run();
    },
    refreshBlocks: () => shown.forEach((refresh) => refresh()),
    changeTable: (act) => changeTable(editor, act),
  };
}

function content(markdown: string): JSONContent {
  const doc = parse(markdown) as JSONContent | undefined;
  return doc?.content?.length ? doc : { type: 'doc', content: [{ type: 'paragraph' }] };
}

function blockIds(doc: ProseNode): string[] {
  const ids: string[] = [];
  doc.descendants((node) => {
    if (node.type.name === 'lockedBlock') ids.push(String(node.attrs['id']));
  });
  return ids;
}

const OWN = /<[^>]* data-pm-slice=/;

/** Lines without looks: an empty line begins a paragraph, the others are kept as lines. */
function lines(text: string, schema: Schema): Slice {
  const { paragraph, hardBreak } = schema.nodes;
  const paragraphs = text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll('\0', '')
    .split(/\n(?:[^\S\n]*\n)+/)
    .map((one) =>
      one
        .split('\n')
        .flatMap((line, i) => [
          ...(i > 0 && hardBreak ? [hardBreak.create()] : []),
          ...(line === '' ? [] : [schema.text(line)]),
        ]),
    );
  const nodes = paragraphs.flatMap((content) => (paragraph ? [paragraph.create(null, content)] : []));
  return new Slice(Fragment.from(nodes), 1, 1);
}

/** Pastes what was read; true when the engine has nothing left to do. What it changes is one step to undo. */
function paste(view: EditorView, slice: Slice, text: string): boolean {
  if (slice.size === 0) {
    // Nothing of it can be kept as it looked, but it has words.
    if (text.trim() !== '') view.pasteText(text);
    return true;
  }
  view.dispatch(closeHistory(view.state.tr));
  queueMicrotask(() => {
    if (!view.isDestroyed) view.dispatch(closeHistory(view.state.tr));
  });
  const line = asLine(view.state, slice);
  if (line)
    view.dispatch(
      view.state.tr
        .replaceSelection(new Slice(line, 0, 0))
        .scrollIntoView()
        .setMeta('paste', true),
    );
  return line !== null;
}
