// The parts of ZXing that `#kit/barcode` uses, and no more. tools/vendor.py bundles them.
export { default as BinaryBitmap } from "@zxing/library/esm/core/BinaryBitmap";
export { default as DecodeHintType } from "@zxing/library/esm/core/DecodeHintType";
export { default as HybridBinarizer } from "@zxing/library/esm/core/common/HybridBinarizer";
export { default as Code128Reader } from "@zxing/library/esm/core/oned/Code128Reader";
export { default as Code39Reader } from "@zxing/library/esm/core/oned/Code39Reader";
export { default as ITFReader } from "@zxing/library/esm/core/oned/ITFReader";
export { default as MultiFormatUPCEANReader } from "@zxing/library/esm/core/oned/MultiFormatUPCEANReader";
export { default as QRCodeReader } from "@zxing/library/esm/core/qrcode/QRCodeReader";
export { default as RGBLuminanceSource } from "@zxing/library/esm/core/RGBLuminanceSource";
