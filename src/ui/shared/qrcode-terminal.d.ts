/** The encoder inside qrcode-terminal, which its own types leave out: only what is used here. */
declare module 'qrcode-terminal/vendor/QRCode/index.js' {
  class QRCode {
    /** A `typeNumber` below 1 takes the smallest code that the data fits in. */
    constructor(typeNumber: number, errorCorrectLevel: number);
    addData(data: string): void;
    make(): void;
    getModuleCount(): number;
    isDark(row: number, column: number): boolean;
  }
  export default QRCode;
}

declare module 'qrcode-terminal/vendor/QRCode/QRErrorCorrectLevel.js' {
  const level: { readonly L: number; readonly M: number; readonly Q: number; readonly H: number };
  export default level;
}
