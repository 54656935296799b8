/** What must be clear before a contract is signed: a written requirement (5.1.7) and a licensed buyer (5.1.5). */
export interface ContractForm {
  readonly requirement: 'contractDraft' | 'technicalAgreement' | 'order' | 'oral';
  readonly buyer: 'endCustomer' | 'dealer' | 'agent';
  readonly medicalDevice: boolean;
  /** The evidence of the licence is filed. */
  readonly licence?: true;
  /** Its business scope covers the goods. */
  readonly scopeCovers?: boolean;
  readonly warrantyMonths?: number;
}

/** What was only said is confirmed in writing before anything else. */
export const mustConfirmInWriting = ({ requirement }: Pick<ContractForm, 'requirement'>): boolean => requirement === 'oral';

/** Dealers and agents of medical devices; whoever uses them needs no licence to sell. */
export const mustBeLicensed = ({ buyer, medicalDevice }: Pick<ContractForm, 'buyer' | 'medicalDevice'>): boolean =>
  medicalDevice && buyer !== 'endCustomer';

/** A licence that is there and covers the goods. */
export const isLicensed = ({ licence, scopeCovers }: Pick<ContractForm, 'licence' | 'scopeCovers'>): boolean =>
  licence === true && scopeCovers === true;
