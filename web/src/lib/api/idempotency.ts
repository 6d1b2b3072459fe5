/** A new idempotency key: 128 random bits. `randomUUID` would need a secure context. */
export function new_idempotency_key(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
