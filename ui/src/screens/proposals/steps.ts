/** A step of a proposal's life that asks something before it is taken. */
export type StepName =
  | 'file_proposal'
  | 'return_proposal'
  | 'withdraw_proposal'
  | 'schedule_proposal'
  | 'execute_proposal'
  | 'close_proposal';
