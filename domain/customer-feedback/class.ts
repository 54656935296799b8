/** What the class of a feedback asks for (4.2.1, 4.3.2). */

/** What a class asks for beside the flow. */
export interface Asked {
  /** The letter, a person responsible, the quality department's analysis (4.3.2b). */
  readonly letter: boolean;
  /** Cause and responsibility, and whether it is an adverse event (3.2, 4.1.3). */
  readonly cause: boolean;
}

/**
 * The class decides the path [FB.T1]. 4.3.2 has a branch for general and for important information and none for
 * complaints: they get at least what important information gets, and the cause is sought [FB.X1].
 */
export function askedBy(feedbackClass: string, complaintsLikeImportant: boolean): Asked {
  const complaint = feedbackClass === 'complaint';
  return { letter: feedbackClass === 'important' || (complaint && complaintsLikeImportant), cause: complaint };
}
