import type { TextQuestion } from '../../core/question.ts';
import { extractEmailAddress, findEmailObjection } from './email-address.ts';

export const createEmailQuestion = (message: string, help: string): TextQuestion => ({
  kind: 'text',
  message,
  help,
  example: 'maria@example.com',
  format: 'email',
  pattern: /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>"]+$/,
  rule: 'Give one e-mail address, such as maria@example.com',
  max: 254,
  normalize: extractEmailAddress,
  findObjection: findEmailObjection,
});
