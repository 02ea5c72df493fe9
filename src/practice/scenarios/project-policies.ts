import { isRead } from '../../aws/operation-name.ts';
import { ErrorResponse } from '../error-response.ts';

/** Services of which a project may use nothing: at all, or in us-east-1, where this program works. */
const closedServices = new Set(['billing', 'sns']);

const isForbiddenInProjects = (operation: string): boolean => {
  const [service = ''] = operation.split(':');
  if (closedServices.has(service)) return true;
  return service === 'cloudwatch' && !isRead(operation);
};

/** Services that speak JSON and answer 400; the others have a code and a status of their own for it. */
const servicesDenyingAsJson = new Set(['billing']);

/**
 * Refuses what the service control policies forbid that AWS puts on projects (AWS Account Management Reference, "SCPs
 * and RCPs for projects"), as far as the practice account knows the operations, before "advanced features".
 */
export const enforceProjectPolicies = (operation: string, principal: string): void => {
  if (!isForbiddenInProjects(operation)) return;
  const message = `User: ${principal} is not authorized to perform: ${operation} with an explicit deny in a service control policy`;
  throw servicesDenyingAsJson.has(operation.split(':')[0] ?? '')
    ? new ErrorResponse('AccessDeniedException', 400, message)
    : new ErrorResponse('AccessDenied', 403, message);
};
