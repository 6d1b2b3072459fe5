"use client";

import { useState } from "react";
import { ProductPicture } from "./product-picture";

export function Gallery({ images, name }: { images: readonly string[]; name: string }) {
  const [chosen, set_chosen] = useState(0);
  const current = images[chosen] ?? images[0];
  return (
    <div className="grid gap-3">
      <ProductPicture
        images={current ? [current] : []}
        name={name}
        eager
        className="aspect-square rounded-xl"
      />
      {images.length > 1 && (
        <ul className="scrollbar-none flex gap-2 overflow-x-auto p-0.5">
          {images.map((image, index) => (
            <li key={image}>
              <button
                type="button"
                aria-label={`Picture ${index + 1} of ${images.length}`}
                aria-pressed={index === chosen}
                onClick={() => set_chosen(index)}
                className="block size-16 overflow-hidden rounded-md border-2 border-transparent aria-pressed:border-ink"
              >
                <img src={image} alt="" className="size-full object-cover" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
