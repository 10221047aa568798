/** What comparisons read of a hub: documents of one project, as few as they need. */
export interface SharedRunReads {
  /** Projects that share runs by name in this hub; null where this hub was never read. */
  projects(hub: string): readonly string[] | null
  /**
   * Documents of a project's finished runs of a benchmark type that its owner signed, newest first. Each was checked when
   * it was read from the hub.
   */
  newest(hub: string, project: string, benchmarkType: string): Iterable<Uint8Array>
}
