"use client";

import { LogIn } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { Product } from "@/lib/api/types";
import { useSession } from "@/lib/auth/use-session";
import { Button } from "@/ui/button";
import { Sheet } from "@/ui/sheet";
import { EmptyState } from "@/ui/states";
import { Skeleton } from "@/ui/surfaces";
import { BuyForm } from "./buy-form";
import { PaymentPanel } from "./payment-panel";
import { useUsualAddress } from "./queries";
import { usePayment } from "./use-payment";

type BuySheetProps = {
  /** What is bought; undefined while it loads. */
  product: Product | undefined;
  stream_id?: string;
  open: boolean;
  on_open_change: (open: boolean) => void;
};

const titles = { choose: "Buy", card: "Pay", action: "Confirm with your bank", paid: "Thank you" };

/** The whole purchase beside the video, which plays on. Closing it before paying gives the items back. */
export function BuySheet({ product, stream_id, open, on_open_change }: BuySheetProps) {
  const payment = usePayment();
  const { state } = payment;

  const change_open = (next: boolean) => {
    if (!next) {
      if (state.step === "card" || state.step === "action") payment.release(state.orders);
      else payment.restart();
    }
    on_open_change(next);
  };

  return (
    <Sheet open={open} on_open_change={change_open} title={titles[state.step]} place="side" see_through>
      {state.step === "choose" ? (
        <Choose product={product} stream_id={stream_id} payment={payment} />
      ) : (
        <PaymentPanel payment={payment} on_done={() => change_open(false)} />
      )}
    </Sheet>
  );
}

type ChooseProps = Pick<BuySheetProps, "product" | "stream_id"> & { payment: ReturnType<typeof usePayment> };

function Choose({ product, stream_id, payment }: ChooseProps) {
  const session = useSession();
  const usual = useUsualAddress();
  const pathname = usePathname();

  if (session.status === "signed_out") {
    return (
      <EmptyState
        icon={LogIn}
        title="Sign in to buy"
        action={
          <Button asChild look="buy">
            <Link href={`/sign-in?next=${encodeURIComponent(pathname + window.location.search)}`}>
              Sign in
            </Link>
          </Button>
        }
      >
        An account is needed so that your order reaches you.
      </EmptyState>
    );
  }
  if (!product || session.status === "unknown" || usual.is_loading) {
    return (
      <div className="grid gap-4" role="status" aria-label="Loading">
        <Skeleton className="h-16" />
        <Skeleton className="h-12" />
        <Skeleton className="h-40" />
      </div>
    );
  }
  return (
    <BuyForm
      key={product.id}
      product={product}
      stream_id={stream_id}
      usual_address={usual.address}
      payment={payment}
    />
  );
}
