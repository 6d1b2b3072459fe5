-- Whether an order's lines were priced with their tax in it. Its subtotal is without tax either way.

alter table orders add column tax_mode text not null default 'exclusive';
alter table orders add constraint orders_tax_mode_check check (tax_mode in ('exclusive', 'inclusive'));
