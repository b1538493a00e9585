export function mountDemo(): Promise<void>;
