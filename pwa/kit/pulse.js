/** A bell between those who make work and the one who sends it, so that neither imports the other. */
const listeners = new Set();

/** Something may be ready to send, or the way may be free again. */
export const wake = () => listeners.forEach((listener) => listener());

/** @param {() => void} listener */
export const onWake = (listener) => void listeners.add(listener);
