/** The editor itself: the heaviest part of the interface, loaded when a text is first shown. */
import { Editor, Extension, Node, type JSONContent } from '@tiptap/core';
import type { Node as ProseNode } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import StarterKit from '@tiptap/starter-kit';
import { parse, write, type Doc } from './markdown';

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
}

export interface Made {
  editor: Editor;
  /** Takes another text, unless it is the one there is. */
  set: (markdown: string) => void;
  /** The texts of the locked blocks changed. */
  refreshBlocks: () => void;
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
    ],
    editorProps: {
      attributes: { 'aria-label': options.label, role: 'textbox', 'aria-multiline': 'true', class: 'doc document' },
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
