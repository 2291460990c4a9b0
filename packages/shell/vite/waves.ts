import type { HtmlTagDescriptor, Plugin, Rolldown } from 'vite';

/** What begins to load with the page although it is imported later: the app's view, and the page around it. */
const VIEW = /\/apps\/\w+\/src\/app\.ts$|\/shell\/src\/document-page\.tsx$/;

/** What is painted before any script has run, in the place of what `mountApp` renders: an empty bar over lines to come. */
const loading = (kind: string): string =>
  `<div class="cc-frame" data-kind="${kind}" aria-hidden="true"><div class="cc-bar"></div><div class="cc-loading"><span class="cc-skeleton">${'<span class="cc-skeleton__line"></span>'.repeat(6)}</span></div></div>`;
const ROOT = /(<div id="root">)(<\/div>)/;

type Graph = Pick<Rolldown.ChunkingContext, 'getModuleInfo'>;

/** The modules that `from` needs before it runs, and `from`, without what `known` has. */
function neededBy(from: readonly string[], graph: Graph, known: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (id: string): void => {
    if (known.has(id) || found.has(id)) return;
    found.add(id);
    graph.getModuleInfo(id)?.importedIds.forEach(add);
  };
  from.forEach(add);
  return found;
}

/**
 * One file for each wave of a document's page. A slow line answers each request late and takes six at once, so twenty
 * small files are slower than two. The page's HTML names the files of the second wave too: they come beside the first.
 */
export function waves(): { readonly groups: Rolldown.CodeSplittingGroup[]; readonly plugin: Plugin } {
  let view: ReadonlySet<string> | null = null;
  let base = '/';
  const entries = { first: [] as string[], view: [] as string[] };
  return {
    groups: [
      { name: 'first', tags: ['$initial'], priority: 2 },
      {
        name(id, graph) {
          view ??= neededBy(entries.view, graph, neededBy(entries.first, graph, new Set()));
          return view.has(id) ? 'view' : null;
        },
        priority: 1,
      },
    ],
    plugin: {
      name: 'concord-waves',
      apply: 'build',
      configResolved(config) {
        base = config.base;
      },
      moduleParsed({ id, isEntry }) {
        if (isEntry) entries.first.push(id);
        else if (VIEW.test(id)) entries.view.push(id);
      },
      buildEnd() {
        view = null;
      },
      transformIndexHtml: {
        order: 'post',
        handler(html, { bundle = {} }) {
          const later = Object.values(bundle).find((file) => file.type === 'chunk' && file.name === 'view');
          if (later?.type !== 'chunk') return [];
          const link = (rel: string, file: string): HtmlTagDescriptor => ({
            tag: 'link',
            attrs: { rel, crossorigin: true, href: base + file },
            injectTo: 'head',
          });
          const styles = [...(later.viteMetadata?.importedCss ?? [])];
          const tags = [
            link('modulepreload', later.fileName),
            ...styles.map((file) => link('stylesheet', file)),
          ];
          return { html: html.replace(ROOT, `$1${loading(base.replaceAll('/', ''))}$2`), tags };
        },
      },
    },
  };
}
