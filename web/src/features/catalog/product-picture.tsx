import { Package } from "lucide-react";
import { cn } from "@/ui/class-names";

type ProductPictureProps = { images: readonly string[]; name: string; className?: string; eager?: boolean };

/** The first picture of a product, or a quiet sign that it has none. */
export function ProductPicture({ images, name, className, eager }: ProductPictureProps) {
  const [first] = images;
  return (
    <div className={cn("relative overflow-hidden bg-sunken", className)}>
      {first ? (
        <img
          src={first}
          alt={name}
          loading={eager ? "eager" : "lazy"}
          decoding="async"
          className="absolute inset-0 size-full object-cover"
        />
      ) : (
        <Package className="absolute inset-0 m-auto size-1/4 text-line-strong" aria-hidden />
      )}
    </div>
  );
}
