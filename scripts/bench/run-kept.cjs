// Runs the program of a folder as bin/run.js runs the one of dist/: `run-kept.cjs FOLDER [words]`.
'use strict'
const { loadProgram, optimiseLate } = require('../../dist/start.cjs')

optimiseLate()
const [folder] = process.argv.splice(2, 1)
void loadProgram(['work'], folder).run(folder)
