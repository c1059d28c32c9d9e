# Builds a layer: pinned wheels, and nothing from the machine that builds.
#   make -f … ARTIFACTS_DIR=DIR ARCH=aarch64|x86_64
# By default for Lambda's Python 3.13; with PRECALL_LAYERS=local for the interpreter at hand.
UV ?= uv
LIBC ?= manylinux2014
PYTHON ?= python3
export UV_SYSTEM_CERTS := 1
ifeq ($(PRECALL_LAYERS),local)
FOR :=
COMPILER := $(PYTHON)
else
COMPILER := python3.13
FOR = --python-version 3.13 --python-platform $(ARCH)-$(LIBC)
endif

define install
	$(UV) pip install --quiet --no-deps --require-hashes --only-binary :all: $(FOR) --target "$(ARTIFACTS_DIR)/python" -r requirements.txt
	find "$(ARTIFACTS_DIR)/python" -depth -type d \( -name tests -o -name __pycache__ -o -name bin \) -exec rm -rf {} +
endef

# a Lambda cannot keep bytecode: without it each cold start compiles what it imports
define compile
	@command -v $(COMPILER) > /dev/null \
	  && $(COMPILER) -m compileall -q --invalidation-mode unchecked-hash "$(ARTIFACTS_DIR)/python" \
	  || echo "no bytecode ($(COMPILER) is not here): functions start half a second later"
endef
