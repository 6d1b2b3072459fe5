-- Comparing texts costs far more than the planner's default says: with it, reading everything of a tenant looks as cheap
-- as an index of words.
alter function search_products set cpu_operator_cost = 0.1;
alter function suggest_products set cpu_operator_cost = 0.1;
alter function search_stores set cpu_operator_cost = 0.1;
