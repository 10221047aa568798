/** Writing a folder that people look at. */

export interface ViewReport {
  readonly written: number
  /** Files that were there with the same bytes. */
  readonly unchanged: number
  /** Files of an earlier view that are not part of this one any more. */
  readonly removed: number
}

/** Writes into an empty folder, or one that an earlier view marked as its own. */
export interface ViewWriter {
  /**
   * Makes the folder hold exactly these files beside what people put there under other names. Never writes through a
   * symbolic link. Throws `E_USAGE` for a folder that is somebody's, `E_STORE` where writing fails.
   */
  write(dir: string, source: string, files: Iterable<{ readonly path: string; readonly bytes: Uint8Array }>): ViewReport
}
