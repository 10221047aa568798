// A git server for the bench in a process of its own: argv is the folder of its repositories; prints its address.
import { startGitServer } from '../../../test/support/git-server.ts'

const [, , folder = ''] = process.argv
const server = await startGitServer(folder)
process.stdout.write(`${server.url('')}\n`)
