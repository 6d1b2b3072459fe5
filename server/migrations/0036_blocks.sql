-- Whom a message's author is blocked by is asked for everybody who reads it at once.
create index user_blocks_blocked on user_blocks (tenant_id, blocked_id);
