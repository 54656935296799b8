/** The seal of every desk in tests: desk, worker and reconciler of a store must share it. */
export const testSealKey = Buffer.alloc(32, 1);
