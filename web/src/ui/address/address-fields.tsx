"use client";

import { useCallback, useMemo } from "react";
import { get, useFormContext, useWatch } from "react-hook-form";
import { Field, Input } from "../field";
import type { Point } from "../map/schematic-style";
import { LocationPicker } from "./location-picker";

type AddressFieldsProps = {
  /** The form's property that holds the address. */
  name: string;
  near?: Point | null;
};

const ANYWHERE: Point = { lat: 52.52, lng: 13.405 };

/** Street to country, and the point on the map. Stands inside a FormProvider. */
export function AddressFields({ name, near }: AddressFieldsProps) {
  const form = useFormContext();
  const { errors } = form.formState;
  const error_of = (field: string) => get(errors, `${name}.${field}.message`) as string | undefined;
  const [lat, lng] = useWatch({ control: form.control, name: [`${name}.lat`, `${name}.lng`] }) as (
    number | undefined
  )[];
  const value = useMemo(() => (lat === undefined || lng === undefined ? null : { lat, lng }), [lat, lng]);
  const { setValue } = form;
  const choose = useCallback(
    (point: Point) => {
      setValue(`${name}.lat`, point.lat, { shouldValidate: true, shouldDirty: true });
      setValue(`${name}.lng`, point.lng, { shouldValidate: true, shouldDirty: true });
    },
    [setValue, name],
  );
  const place_error = error_of("lat") ?? error_of("lng");

  return (
    <div className="grid grid-cols-6 gap-3">
      <Field label="Street and number" error={error_of("street")} className="col-span-6">
        <Input autoComplete="street-address" {...form.register(`${name}.street`)} />
      </Field>
      <Field label="Postcode" error={error_of("zip")} className="col-span-2">
        <Input autoComplete="postal-code" {...form.register(`${name}.zip`)} />
      </Field>
      <Field label="City" error={error_of("city")} className="col-span-4">
        <Input autoComplete="address-level2" {...form.register(`${name}.city`)} />
      </Field>
      <Field label="State or region" error={error_of("state")} className="col-span-4">
        <Input autoComplete="address-level1" {...form.register(`${name}.state`)} />
      </Field>
      <Field label="Country code" error={error_of("country")} className="col-span-2">
        <Input
          autoComplete="country"
          maxLength={2}
          className="uppercase"
          {...form.register(`${name}.country`)}
        />
      </Field>
      <fieldset className="col-span-6">
        <legend className="mb-1.5 text-sm font-semibold">Place on the map</legend>
        <LocationPicker value={value} near={near ?? ANYWHERE} on_change={choose} />
        {place_error && <p className="mt-1.5 text-sm text-danger">{place_error}</p>}
      </fieldset>
    </div>
  );
}
