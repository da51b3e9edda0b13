"""What the large municipality is filled with. Every department is as large, whatever the scale."""

from bench.setup import set_up

set_up()
