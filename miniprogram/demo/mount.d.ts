export function mountDemo(): void;
