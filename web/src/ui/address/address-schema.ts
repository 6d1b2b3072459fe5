import { z } from "zod";

const place = z.number({ error: "Choose the place: use your location, or put the pin on the map." });

/** An address as a form holds it; the point on the map is part of it, since a driver goes there. */
export const address_schema = z.object({
  street: z.string().trim().min(1, "Enter street and number.").max(200),
  city: z.string().trim().min(1, "Enter the city.").max(100),
  state: z.string().trim().max(100),
  zip: z.string().trim().min(1, "Enter the postcode.").max(20),
  country: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{2}$/, "Enter two letters, like DE."),
  lat: place.min(-90).max(90),
  lng: place.min(-180).max(180),
});

export type AddressValue = z.infer<typeof address_schema>;
/** While being typed, the point may still be missing. */
export type AddressDraft = Omit<AddressValue, "lat" | "lng"> & { lat?: number; lng?: number };

type StoredAddress = Omit<AddressValue, "state"> & { state?: string | null };

export function address_draft(address: StoredAddress | null): AddressDraft {
  if (!address) return { street: "", city: "", state: "", zip: "", country: "" };
  const { street, city, state, zip, country, lat, lng } = address;
  return { street, city, state: state ?? "", zip, country, lat, lng };
}

/** The address to send: an empty state is left out. */
export function address_input({
  state,
  ...rest
}: AddressValue): Omit<AddressValue, "state"> & { state?: string } {
  return state ? { ...rest, state } : rest;
}

/** "Hauptstr. 3, 10115 Berlin" */
export function address_line({ street, zip, city }: Pick<StoredAddress, "street" | "zip" | "city">): string {
  return `${street}, ${zip} ${city}`;
}
