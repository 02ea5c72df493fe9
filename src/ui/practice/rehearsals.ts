import type { ManualTaskId } from '../../core/dialogue.ts';

/** What a rehearsal does in the owner's place: the choice that offers it, and what is said once it is done. */
type Rehearsal = { label: string; done: string };

const inBrowser = 'In your real account you do this in the browser.';

/** What is done for the owner. The other tasks are done in the mailbox, whose mail is shown. */
export const rehearsals: Readonly<Partial<Record<ManualTaskId, Rehearsal>>> = {
  'root-mfa': {
    label: 'Rehearse: turn MFA on for me',
    done: `In the rehearsal, root now has MFA. ${inBrowser}`,
  },
  'root-access-keys': {
    label: 'Rehearse: delete the keys for me',
    done: `In the rehearsal, root now has no access keys. ${inBrowser}`,
  },
  'billing-access': {
    label: 'Rehearse: activate it for me',
    done: `In the rehearsal, IAM access to billing is now active. ${inBrowser}`,
  },
  'billing-alerts': {
    label: 'Rehearse: turn billing alerts on for me',
    done: `In the rehearsal, billing alerts are now on. ${inBrowser}`,
  },
  'verify-budget-email': {
    label: 'Rehearse: open the link in the mail for me',
    done: 'In the rehearsal, the address is now verified. In your real account you open the link in the mail.',
  },
  'sign-in': {
    label: 'Rehearse: sign in for me',
    done: `In the rehearsal, you are now signed in as the administrator. ${inBrowser}`,
  },
};
