// Runs as a process of its own against the built program: writes runs and says after each write that it has returned.
import { writeSync } from 'node:fs'

const [, , dist, file, mode, name, count] = process.argv
const { openDatabase } = await import(`${dist}/store/open.js`)
const { createRunStore } = await import(`${dist}/store/run-store.js`)
const { run, plan } = JSON.parse(process.env.STORE_CHILD_INPUT)
const acknowledge = (text) => writeSync(1, `${text}\n`)

const store = createRunStore(openDatabase(file))
if (mode === 'insert') {
  for (let index = 0; index < Number(count); index++) {
    const runId = `20261123t1015${String(index % 60).padStart(2, '0')}z-${name}${String(index).padStart(5, '0')}`
    store.insertFinished({ ...run, runId }, { ...plan, runId })
    acknowledge(runId)
  }
} else {
  const template = plan.executions[0]
  const executions = Array.from({ length: Number(count) }, (_, index) => ({ ...template, id: index + 1 }))
  store.createRun({ ...plan, runId: name, executions }, run.environment)
  const { resources, scores } = run.executions[0]
  for (const { id } of executions) {
    store.transition(name, id, { state: 'running', at: '2026-11-23T10:15:03.000Z' })
    store.transition(name, id, { state: 'succeeded', at: '2026-11-23T10:15:04.000Z', resources, scores })
    acknowledge(id)
  }
}
store.close()
