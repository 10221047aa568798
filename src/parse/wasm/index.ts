// What the program sees of the functions of this folder.
export { findEnds, freeMemory } from './cells'
export { addColumn, afterLine, canOpen, count, factsOfGathered, gather, open, roomForText, rowsCounted } from './rows'
export { start } from './rows'
