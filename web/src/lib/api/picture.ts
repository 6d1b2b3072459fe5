/** What the API takes as a picture; a phone's HEIC is offered as JPEG by the file chooser then. */
export const PICTURE_TYPES = ["image/jpeg", "image/png", "image/webp"];
export const PICTURE_BYTES_MAX = 8 * 1024 * 1024;

/** Why a file cannot be sent as a picture, or null. */
export function picture_fault(file: Pick<File, "type" | "size">): string | null {
  if (!PICTURE_TYPES.includes(file.type)) return "Choose a JPEG, PNG or WebP picture.";
  if (file.size > PICTURE_BYTES_MAX) return "This picture is larger than 8 MB: choose a smaller one.";
  return null;
}

/** The file itself as the body, with its own type. */
export const picture_body = (file: File) => ({
  body: file as unknown as string,
  bodySerializer: (body: unknown) => body as File,
  headers: { "Content-Type": file.type },
});
