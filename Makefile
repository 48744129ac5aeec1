# The two commands are `make demo` and `make test`; everything else serves them.
# Needs Python 3.11 and make. PIP=1 installs with pip where uv has no wheel.
PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
LOCK := uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate --strip-extras

.PHONY: demo test env test-env lint bench lock clean

demo: env
	@$(BIN)/python manage.py demo --port $(PORT)

test: test-env
	$(BIN)/python -m tests.run $(ARGS)

env: .venv/base.stamp
test-env: .venv/test.stamp

lint: test-env
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports

bench: test-env
	$(BIN)/python -m tests.bench $(ARGS)

# After a change of the dependencies in pyproject.toml.
lock: env
	$(BIN)/$(LOCK) pyproject.toml -o requirements/base.txt
	$(BIN)/$(LOCK) --extra test pyproject.toml -o requirements/test.txt

clean:
	rm -rf .venv data staticfiles bench-results

.venv/uv.stamp: requirements/uv.txt
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else f"Python 3.11 or newer is needed; this is {v.major}.{v.minor}. Name another with PYTHON=python3.11")'
	$(PYTHON) -m venv .venv
	$(if $(PIP),,$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r $<)
	@touch $@

.venv/base.stamp .venv/test.stamp: .venv/%.stamp: requirements/%.txt .venv/uv.stamp
ifdef PIP
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes --only-binary :all: -r $<
else
	$(BIN)/uv pip install -q --python $(BIN)/python --compile-bytecode --require-hashes --no-build -r $<
endif
	@touch $@
