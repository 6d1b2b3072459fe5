import { MapPin } from "lucide-react";
import type { Store } from "@/lib/api/types";
import { Avatar } from "@/ui/surfaces";
import { Stars } from "@/ui/stars";
import { FollowButton } from "./follow-button";
import { OpenNow } from "./store-facts";

export function StoreHeader({ store }: { store: Store }) {
  return (
    <header className="mb-8">
      {store.cover_url && (
        <img src={store.cover_url} alt="" className="mb-5 h-36 w-full rounded-xl object-cover sm:h-52" />
      )}
      <div className="flex items-center gap-4">
        <Avatar name={store.name} image_url={store.logo_url} className="size-16 rounded-lg text-xl" />
        <div className="min-w-0 flex-1">
          <h1 className="text-3xl">{store.name}</h1>
          <p className="mt-1 flex items-center gap-1.5 text-ink-muted">
            <MapPin className="size-4" aria-hidden />
            {store.address.street}, {store.address.city}
          </p>
          <p className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
            <OpenNow store={store} />
            {store.rating !== undefined && (
              <a href="#reviews" className="flex items-center gap-1.5 hover:underline">
                <Stars rating={store.rating} /> {store.review_count}{" "}
                {store.review_count === 1 ? "review" : "reviews"}
              </a>
            )}
          </p>
        </div>
        <FollowButton store={store} />
      </div>
      {store.description && <p className="mt-4 max-w-2xl text-pretty text-ink-muted">{store.description}</p>}
    </header>
  );
}
