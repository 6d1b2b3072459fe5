import { MapPin } from "lucide-react";
import Link from "next/link";
import type { Store } from "@/lib/api/types";
import { Avatar } from "@/ui/surfaces";

export function StoreCard({ store }: { store: Store }) {
  return (
    <Link
      href={`/stores/${store.id}`}
      className="flex items-center gap-3 rounded-lg border border-line bg-surface p-3 shadow-low transition-colors hover:border-line-strong"
    >
      <Avatar name={store.name} image_url={store.logo_url} className="size-12 rounded-md" />
      <span className="min-w-0">
        <span className="block truncate font-semibold">{store.name}</span>
        <span className="flex items-center gap-1 truncate text-sm text-ink-muted">
          <MapPin className="size-3.5" aria-hidden /> {store.address.city}
        </span>
      </span>
    </Link>
  );
}
