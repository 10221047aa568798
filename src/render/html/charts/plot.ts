import type * as PlotModule from '@observablehq/plot'

// Observable Plot draws into a document of linkedom: no browser, no window, the same bytes in any order of charts.

/** What of the document model the finishing pass needs. */
export interface SvgElement {
  readonly tagName: string
  readonly attributes: Iterable<{ readonly name: string; readonly value: string }>
  readonly children: Iterable<SvgElement>
  readonly outerHTML: string
  textContent: string
  getAttribute: (name: string) => string | null
  setAttribute: (name: string, value: string) => void
  removeAttribute: (name: string) => void
  insertBefore: (child: SvgElement, before: SvgElement | null) => void
  remove: () => void
  readonly firstChild: SvgElement | null
}

/** The drawing library, loaded. */
export interface Drawing {
  readonly Plot: typeof PlotModule
  readonly draw: (options: PlotModule.PlotOptions & { readonly marks: readonly PlotModule.Markish[] }) => SvgElement
  readonly element: (name: string) => SvgElement
}

const SVG = 'http://www.w3.org/2000/svg'

/** Loads the library; takes a few tenths of a second, so it is done on first use only. */
export const loadDrawing = async (): Promise<Drawing> => {
  const [Plot, { parseHTML }] = await Promise.all([import('@observablehq/plot'), import('linkedom')])
  const { document } = parseHTML('<!doctype html><html><body></body></html>') as unknown as {
    document: { createElementNS: (namespace: string, name: string) => SvgElement }
  }
  return {
    Plot,
    draw: (options) => {
      const drawn: unknown = Plot.plot({ ...options, document: document as never })
      return drawn as SvgElement
    },
    element: (name) => document.createElementNS(SVG, name),
  }
}
