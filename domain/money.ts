/** Money is integer fen (1 yuan = 100 fen, C12). */
export type Fen = number;
