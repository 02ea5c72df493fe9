import { isRead } from '../../aws/operation-name.ts';
import { ErrorResponse } from '../error-response.ts';

/** Services that a project may not use at all, or not in us-east-1, where this program uses them. */
const closedServices = new Set(['billing', 'sns']);

const isForbiddenInProjects = (operation: string): boolean => {
  const [service = ''] = operation.split(':');
  if (closedServices.has(service)) return true;
  return service === 'cloudwatch' && !isRead(operation);
};

/** Services that speak JSON and deny with status 400. The others use a code and status of their own. */
const servicesDenyingAsJson = new Set(['billing']);

/**
 * Denies what AWS's service control policies for projects forbid before "advanced features" (AWS Account Management
 * Reference, "SCPs and RCPs for projects"), limited to the operations that the practice account supports.
 */
export const enforceProjectPolicies = (operation: string, principal: string): void => {
  if (!isForbiddenInProjects(operation)) return;
  const message = `User: ${principal} is not authorized to perform: ${operation} with an explicit deny in a service control policy`;
  throw servicesDenyingAsJson.has(operation.split(':')[0] ?? '')
    ? new ErrorResponse('AccessDeniedException', 400, message)
    : new ErrorResponse('AccessDenied', 403, message);
};
