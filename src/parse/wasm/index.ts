// What the program sees of the functions of this folder.
export { findEnds, freeMemory } from './cells'
export { addColumn, afterLine, canOpen, count, lengthOf, lineOf, open, roomForText, rowsCounted, rowsOf } from './rows'
export { start, textOf } from './rows'
