import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { PasswordMessage, QrMessage } from '../../core/dialogue.ts';
import type { Theme } from '../shared/theme.ts';
import type { RenderedLines } from './field-lines.ts';
import { renderPasswordPage } from './password-page.ts';
import { renderQrPage } from './qr-page.ts';
import type { Scene, SecretPage } from './scene.ts';
import { ScreenRows } from './screen-rows.tsx';

type PageInput<Message> = {
  scene: Scene;
  page: SecretPage;
  message: Message;
  practice: boolean;
  theme: Theme;
};

const Page = ({ lines, theme }: Pick<RenderedLines, 'lines'> & { theme: Theme }): ReactNode => (
  <Box flexDirection="column">
    <ScreenRows lines={lines} theme={theme} />
  </Box>
);

/** A code to scan, and beside it the secret, the time that is left and the field for what the phone shows. */
const QrPage = ({ scene, page, message, theme }: PageInput<QrMessage>): ReactNode => (
  <Page lines={renderQrPage(scene, page, message, theme).lines} theme={theme} />
);

/** A password, whose it is, and the address where it is used. */
const PasswordPage = ({ scene, page, message, practice, theme }: PageInput<PasswordMessage>): ReactNode => (
  <Page lines={renderPasswordPage(scene, page, message, practice, theme).lines} theme={theme} />
);

/** The page of a secret, alone on the screen. */
export const SecretScreen = ({ page, ...input }: Omit<PageInput<never>, 'message'>): ReactNode =>
  page.message.kind === 'qr' ? (
    <QrPage {...input} page={page} message={page.message} />
  ) : (
    <PasswordPage {...input} page={page} message={page.message} />
  );

/** Where the cursor belongs on the page of a secret. */
export const findSecretCursor = ({
  scene,
  page,
  practice,
  theme,
}: Omit<PageInput<never>, 'message'>): RenderedLines['cursor'] =>
  page.message.kind === 'qr'
    ? renderQrPage(scene, page, page.message, theme).cursor
    : renderPasswordPage(scene, page, page.message, practice, theme).cursor;
