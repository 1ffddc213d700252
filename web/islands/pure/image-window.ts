// The window of a picture: which values are shown from black to white.
export interface Window {
  center: number;
  width: number;
}

// A drag across changes the width, one down the center; wide windows change faster.
export function dragged(window: Window, across: number, down: number): Window {
  const speed = Math.max(1, window.width / 256);
  return { center: window.center + down * speed, width: Math.max(1, window.width + across * speed) };
}

// The number of the picture `by` steps on, from 1 to `count`.
export function stepped(number: number, by: number, count: number): number {
  return Math.min(count, Math.max(1, number + by));
}

// The address of a picture seen through a window.
export function withWindow(address: string, window: Window | undefined): string {
  return window ? `${address}?window=${window.center},${window.width}` : address;
}
