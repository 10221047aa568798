// A git server for the bench in a process of its own: argv is the folder of its repositories; prints its address, and one that
// is as far away as a network makes it.
import { startGitServer } from '../../../test/support/git-server.ts'
import { startFarAway } from './far-away.ts'

const [, , folder = ''] = process.argv
const server = await startGitServer(folder)
const near = server.url('')
const far = await startFarAway(Number(new URL(near).port))
process.stdout.write(`${near}\nhttp://127.0.0.1:${far}/\n`)
