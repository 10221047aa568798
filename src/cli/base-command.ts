import { Command } from '@oclif/core/command'
import * as Flags from '@oclif/core/flags'
import type { Project } from '../compose.ts'
import { formatLocation, Problem } from '../core/problem.ts'
import { toErrorDocument } from '../documents/error-document.ts'
import { plainText } from '../render/plain-text.ts'
import { exitCodeFor, isUsageError } from './exit-code.ts'
import { asksForJson, formatFlag } from './format-flag.ts'

/** The one place where expected failures become terminal text, JSON and an exit status. */
export abstract class BaseCommand extends Command {
  static override enableJsonFlag = true
  static override baseFlags = {
    project: Flags.string({
      description: 'project folder (default: the nearest one upwards)',
      helpGroup: 'GLOBAL',
      helpValue: '<dir>',
    }),
  }
  #project: Project | undefined

  /** The project of `--project`, or the nearest folder upwards that has `.benchmark/`. Opens nothing yet. */
  protected async openProject(folder: string | undefined): Promise<Project> {
    const { openProject } = await import('../compose.ts')
    this.#project ??= openProject(folder)
    return this.#project
  }

  /** Result text, exactly as given, to stdout; nothing under --json. */
  show(text: string): void {
    if (!this.jsonEnabled() && text !== '') process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
  }

  /** `--format json` of a table is `--json`: errors are then JSON too. */
  override jsonEnabled(): boolean {
    // Commands without flags of their own have no table of flags either.
    const flags = this.ctor.flags as Readonly<Record<string, unknown>> | undefined
    return super.jsonEnabled() || (flags?.['format'] === formatFlag && asksForJson(this.argv))
  }

  /** Progress and warnings, to stderr; names in them may be anybody's. */
  tell(text: string): void {
    process.stderr.write(`${plainText(text)}\n`)
  }

  protected override async finally(error: Error | undefined): Promise<void> {
    await this.#project?.close()
    await super.finally(error)
  }

  // oclif takes the status from different places in text and JSON mode and prints the whole parse context
  // for a mistyped flag under --json; so nothing of an error is left to it.
  protected override catch(error: Error): Promise<void> {
    if (isExit(error)) return Promise.reject(error)
    process.exitCode = exitCodeFor(error)
    if (this.jsonEnabled()) this.logJson(errorDocument(error))
    else this.tell(errorText(error))
    return Promise.resolve()
  }
}

const isExit = (error: Error): boolean => (error as { code?: string }).code === 'EEXIT'

const errorText = (error: Error): string => {
  if (error instanceof Problem) return problemText(error)
  return isUsageError(error) ? `Error: ${error.message}` : `This is a bug in benchmark: ${error.stack ?? error.message}`
}

const problemText = (problem: Problem): string => {
  const lines = [`Error: ${problem.message}`]
  for (const { message, location, hint } of problem.findings)
    lines.push(`  ${location ? `${formatLocation(location)}: ` : ''}${message}${hint ? ` (${hint})` : ''}`)
  if (problem.findings.length === 0 && problem.location) lines.push(`  at ${formatLocation(problem.location)}`)
  for (const hint of problem.hints) lines.push(`  → ${hint}`)
  return lines.join('\n')
}

/** Complaints of oclif itself are wrong usage, not bugs. */
const errorDocument = (error: Error): unknown =>
  toErrorDocument(isUsageError(error) && !(error instanceof Problem) ? new Problem('E_USAGE', error.message) : error)
