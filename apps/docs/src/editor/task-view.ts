import type { Mode } from '@concord/shell';
import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import type { EditorView, NodeView } from '@tiptap/pm/view';
import { words } from '../view/words.ts';

/** A task as an item with a real checkbox, named by the task's own words. */
class TaskView implements NodeView {
  readonly dom: HTMLElement;
  readonly contentDOM: HTMLElement;
  readonly #box: HTMLInputElement;

  constructor(node: Node, view: EditorView, position: () => number | undefined, mode: Mode) {
    this.dom = document.createElement('ul');
    this.dom.dataset.block = 'task';
    const item = this.dom.appendChild(document.createElement('li'));
    const frame = item.appendChild(document.createElement('span'));
    frame.contentEditable = 'false';
    frame.className = 'cc-docs-check';
    this.#box = frame.appendChild(document.createElement('input'));
    this.#box.type = 'checkbox';
    this.#box.disabled = mode !== 'edit';
    this.contentDOM = item.appendChild(document.createElement('div'));
    this.#box.addEventListener('change', () => {
      const pos = position();
      if (pos === undefined) return;
      const checked = this.#box.checked;
      view.dispatch(
        view.state.tr
          .setNodeAttribute(pos, 'checked', checked)
          .setMeta('label', checked ? words.tick : words.untick),
      );
    });
    this.#show(node);
  }

  update(node: Node): boolean {
    if (node.type.name !== 'task') return false;
    this.#show(node);
    return true;
  }

  stopEvent(event: Event): boolean {
    return event.target === this.#box;
  }

  ignoreMutation(mutation: { readonly target: globalThis.Node }): boolean {
    return !this.contentDOM.contains(mutation.target);
  }

  #show(node: Node): void {
    const checked = node.attrs.checked === true;
    this.dom.dataset.checked = String(checked);
    if (node.attrs.indent) this.dom.dataset.indent = String(node.attrs.indent);
    else delete this.dom.dataset.indent;
    this.#box.checked = checked;
    this.#box.setAttribute('aria-label', node.textContent.slice(0, 200) || words.emptyTask);
  }
}

export const taskView = (mode: () => Mode) =>
  Extension.create({
    name: 'taskView',
    addProseMirrorPlugins: () => [
      new Plugin({
        props: { nodeViews: { task: (node, view, getPos) => new TaskView(node, view, getPos, mode()) } },
      }),
    ],
  });
