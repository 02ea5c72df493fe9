import { isRead } from '../../aws/operation-name.ts';
import { Refusal } from '../refusal.ts';

/** Services of which a project may use nothing: at all, or in us-east-1, where this program works. */
const closed = new Set(['billing', 'sns', 'notifications']);

const forbidden = (operation: string): boolean => {
  const [service = ''] = operation.split(':');
  if (closed.has(service)) return true;
  if (operation === 'account:GetAlternateContact') return true;
  return service === 'cloudwatch' && !isRead(operation);
};

/** Services that speak JSON and answer 400; the others have a code and a status of their own for it. */
const json = new Set(['billing', 'notifications']);

/**
 * Refuses what the service control policies forbid that AWS puts on projects (AWS Account Management Reference, "SCPs
 * and RCPs for projects"), as far as the practice account knows the operations, before "advanced features".
 */
export const obeyProjectPolicies = (operation: string, principal: string): void => {
  if (!forbidden(operation)) return;
  const message = `User: ${principal} is not authorized to perform: ${operation} with an explicit deny in a service control policy`;
  throw json.has(operation.split(':')[0] ?? '')
    ? new Refusal('AccessDeniedException', 400, message)
    : new Refusal('AccessDenied', 403, message);
};
