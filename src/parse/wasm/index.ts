// What the program sees of the functions of this folder.
export { findEnds, freeMemory } from './cells'
export { addColumn, afterLine, count, lengthOf, lineOf, open, roomForText, rowsCounted, rowsOf, start, textOf } from './rows'
