/** The desk's door. */
export type { Carrier } from './carry.ts';
export { carryCase, createDesk, type DeskOptions } from './desk.ts';
export { deskPorts } from './ports.ts';
export { toldByHistory, type Told } from './history.ts';
export * from './types.ts';
