// What is said in passing, listened to by a test.
import { vi } from 'vitest';

export const told = {
  saved: vi.fn(),
  retired: vi.fn(),
  crossingIs: vi.fn(),
  undone: vi.fn(),
  imported: vi.fn(),
  struck: vi.fn(),
  passwordSet: vi.fn(),
  decided: vi.fn(),
  failed: vi.fn(),
};
